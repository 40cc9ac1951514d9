// The documents that go into a package. Links lead to what is in the package, or are plain text: nothing in it points into the void.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, posix } from 'node:path'

const CODE = /(```[\s\S]*?```|`[^`\n]*`)/
const LINK = /(!?)\[([^\]]*)\]\((?!https?:|#|mailto:)([^)#\s]+)(#[^)\s]*)?\)/g

/** `packed`: documents of the repository with the places that they get in the package; `besides`: those that have their own place there. */
export function packDocuments(root, folder, packed, besides = []) {
  const places = new Map([...packed, ...besides.map((name) => [name, name])])
  for (const [from, to] of packed) {
    const shown = readFileSync(join(root, from), 'utf8')
      .split(CODE)
      .map((part, at) => (at % 2 === 1 ? part : part.replace(LINK, (...link) => linked(link, from, to, places))))
      .join('')
    mkdirSync(dirname(join(folder, to)), { recursive: true })
    writeFileSync(join(folder, to), shown)
  }
}

function linked([, image, text, target, anchor = ''], from, to, places) {
  const place = places.get(posix.join(posix.dirname(from), target))
  if (place !== undefined) return `${image}[${text}](${posix.relative(posix.dirname(to), place)}${anchor})`
  return image === '' ? text : ''
}

/** Markdown files below a folder of the repository. */
export function documentsBelow(root, folder) {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => `${folder}/${name.replaceAll('\\', '/')}`)
}
