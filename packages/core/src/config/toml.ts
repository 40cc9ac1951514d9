/** TOML files of any kind: every scalar is a setting with the path of its keys. Lock files are nothing. */
import type { ConfigFormat } from './setting.js'
import { TomlReader } from './toml/reader.js'
import { addTree, readFile } from './tree.js'

export const toml: ConfigFormat = {
  id: 'toml',
  matches: (path) => /\.toml$/i.test(path) && !/(?:^|[/.-])lock\.toml$|(?:^|\/)gitleaks\.toml$/i.test(path),
  read: (path, text) => readFile('toml', path, text, (file) => addTree(file, new TomlReader(file, text).read())),
}
