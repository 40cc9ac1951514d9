/**
 * YAML that another program fills in before it is read (Helm, Ansible): `{{ … }}` is no YAML. Each is replaced by a run of one
 * private-use character of the same length, so that the text parses and every position stays; values get their text back.
 * `${{ … }}` is YAML and stays.
 */
export interface Template {
  /** As written, with its braces. */
  text: string
  /** Its expression, trimmed. */
  expression: string
}

const FIRST = 0xe000
const MAX_TEMPLATES = 6_000
/** Everything up to the next `}}`, of one line. */
const INSIDE = String.raw`(?:[^{}\r\n]|\{(?!\{)|\}(?!\})){0,400}`
const TEMPLATE = new RegExp(String.raw`(?<!\$)\{\{(${INSIDE})\}\}`, 'g')
/** Lines that only steer: `{{- if .Values.x }}`, `{{ toYaml . | nindent 4 }}`. */
const CONTROL_LINE = new RegExp(String.raw`^[ \t]*\{\{${INSIDE}\}\}[ \t]*$`, 'gm')

export function maskTemplates(text: string): { text: string; templates: readonly Template[] } {
  if (!text.includes('{{')) return { text, templates: [] }
  const templates: Template[] = []
  const masked = blankComments(text)
    .replace(CONTROL_LINE, blank)
    .replace(TEMPLATE, (written, inside: string) => {
      if (templates.length === MAX_TEMPLATES) return written
      templates.push({ text: written, expression: inside.replace(/^-|-$/g, '').trim() })
      return String.fromCharCode(FIRST + templates.length - 1).repeat(written.length)
    })
  return { text: masked, templates }
}

/** A value with its templates as they were written, and their expressions. */
export function unmask(value: string, templates: readonly Template[]): { text: string; expressions: string[] } {
  const expressions: string[] = []
  if (templates.length === 0) return { text: value, expressions }
  const text = value.replace(/([\uE000-\uF8FF])\1*/g, (run, character: string) => {
    const template = templates[character.charCodeAt(0) - FIRST]
    if (template?.text.length !== run.length) return run
    expressions.push(template.expression)
    return template.text
  })
  return { text, expressions }
}

// {{/* a comment, over several lines */}}
function blankComments(text: string): string {
  let result = ''
  let done = 0
  for (const { index } of text.matchAll(/\{\{-? ?\/\*/g)) {
    if (index < done) continue
    const end = text.indexOf('*/', index)
    const close = end === -1 ? -1 : text.indexOf('}}', end)
    if (close === -1) break
    result += text.slice(done, index) + blank(text.slice(index, close + 2))
    done = close + 2
  }
  return result + text.slice(done)
}

function blank(text: string): string {
  return text.replace(/[^\r\n]/g, ' ')
}
