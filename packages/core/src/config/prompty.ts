/** Prompty files: the front matter is YAML, the rest is the prompt. */
import type { ConfigFormat } from './setting.js'
import { yaml } from './yaml.js'

export const prompty: ConfigFormat = {
  id: 'prompty',
  matches: (path) => /\.prompty$/i.test(path),
  read(path, text) {
    const front = /^\uFEFF?---[ \t]*\r?\n[\s\S]*?\r?\n---[ \t]*(?=\r?\n|$)/.exec(text)?.[0] ?? ''
    // blanks keep every position
    const body = front.replace(/^(\uFEFF?)---/, '$1   ').replace(/---[ \t]*$/, '')
    return { ...yaml.read(path, body), format: 'prompty' }
  },
}
