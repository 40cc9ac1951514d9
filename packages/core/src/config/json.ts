/**
 * JSON files of any kind (JSON with comments, JSON5, notebooks): every scalar is a setting with the path of its keys. Lock files,
 * source maps and minified files are nothing; the linking conventions (package.json, tsconfig.json) are read elsewhere.
 */
import { readDialect } from './dialects/dialects.js'
import { JsonReader } from './json/reader.js'
import type { ConfigFormat } from './setting.js'
import { addTree, memberOf, readFile, type ConfigNode } from './tree.js'

const NOTHING =
  /^(?:package-lock|npm-shrinkwrap|composer\.lock|packages\.lock|project\.assets|deno\.lock|\.package-lock)(?:\.json)?$|[-.](?:lock|min|schema|tsbuildinfo)\.json$|\.d\.json$|^[tj]sconfig(?:\.[\w.-]+)?\.json$/
const DOTNET = /(?:^|\/)appsettings(?:\.[\w-]+)*\.json$/i

export const json: ConfigFormat = {
  id: 'json',
  matches(path) {
    const name = path.slice(path.lastIndexOf('/') + 1).toLowerCase()
    return /\.(?:json|jsonc|json5|ipynb|code-workspace)$/.test(name) && !NOTHING.test(name)
  },
  read(path, text) {
    return readFile('json', path, text, (file) => {
      const root = new JsonReader(file, text).read()
      if (root === null) return
      addTree(file, path.endsWith('.ipynb') ? metadataOf(root) : root)
      readDialect(file, text)
      // configuration["OpenAI:Endpoint"]
      if (DOTNET.test(path))
        file.settings = file.settings.map((setting) => ({ ...setting, environment: setting.path.join(':') }))
    })
  },
}

/** Of a notebook, what is about it: its cells are code. */
function metadataOf(root: ConfigNode): ConfigNode {
  if (root.kind !== 'object' || memberOf(root, 'cells') === null) return root
  return { ...root, entries: root.entries.filter(({ key }) => key !== 'cells') }
}
