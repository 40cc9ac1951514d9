/** Where the time goes: the functions of a CPU profile with the most time of their own. */
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { measure } from './measure.mjs'

export function printProfile({ cli, folder, scratch }, count = 15) {
  const profiles = mkdtempSync(join(scratch, 'profile-'))
  measure({ cli, folder, scratch, node: ['--cpu-prof', '--cpu-prof-dir', profiles] })
  const largest = readdirSync(profiles)
    .map((name) => readFileSync(join(profiles, name), 'utf8'))
    .sort((a, b) => b.length - a.length)[0]
  if (largest === undefined) return console.log('no profile was written')
  const hottest = hottestOf(JSON.parse(largest))
  const whole = hottest.reduce((sum, { self }) => sum + self, 0)
  console.log(`\nself time, ${(whole / 1e6).toFixed(1)} s sampled`)
  for (const { name, self } of hottest.slice(0, count))
    console.log(`${(self / 1000).toFixed(0).padStart(8)} ms ${((100 * self) / whole).toFixed(1).padStart(5)}%  ${name}`)
}

/** Microseconds by function, most first. */
function hottestOf({ nodes, samples, timeDeltas }) {
  const names = new Map(nodes.map(({ id, callFrame: at }) => [id, nameOf(at)]))
  const self = new Map()
  samples.forEach((id, index) =>
    self.set(names.get(id), (self.get(names.get(id)) ?? 0) + Math.max(0, timeDeltas[index])),
  )
  self.delete('(idle)')
  return [...self].map(([name, time]) => ({ name, self: time })).sort((a, b) => b.self - a.self)
}

function nameOf({ functionName, url, lineNumber }) {
  const place = url === '' ? '' : ` ${url.split('/').at(-1)}:${lineNumber + 1}`
  return `${functionName || '(anonymous)'}${place}`
}
