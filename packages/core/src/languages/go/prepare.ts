/**
 * What the grammar does not know yet: `new(f(x))`, an expression where there was a type (Go 1.26). Such a `new` is written as another
 * name of the same length, so that the argument parses as one; offsets stay.
 */
const mostLooked = 200
/** A type: a name, perhaps of a package and generic; or what begins as no expression does. */
const type =
  /^\s*(?:[\w]+(?:\.\w+)?(?:\[[^()"`]*\])?\s*\)|\[\]|\[\d+\]|map\[|chan\b|<-\s*chan\b|func\s*\(|struct\b|interface\b|\*)/
const constants = /^\s*(?:true|false|nil|\d[\w.]*)\s*\)/

const standsFor = 'neW'

export function prepareGo(text: string): string {
  if (!text.includes('new(')) return text
  return text.replace(/(?<![\w.])new\((?=([^\n]{0,200}))/g, (whole, rest: string) => {
    const looked = rest.slice(0, mostLooked)
    return type.test(looked) && !constants.test(looked) ? whole : `${standsFor}(`
  })
}
