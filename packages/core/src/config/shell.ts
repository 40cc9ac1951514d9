/** Shell scripts: variables that are set, URLs that `curl` and its kin call, and what the tools of clouds set up. */
import type { ConfigFormat } from './setting.js'
import { addCommands } from './shell/commands.js'
import { readFile } from './tree.js'

export const shell: ConfigFormat = {
  id: 'shell',
  matches: (path) =>
    /\.(?:sh|bash|zsh|ksh)$/.test(path) || /(?:^|\/)\.(?:bashrc|zshrc|profile|bash_profile)$/.test(path),
  read(path, text) {
    return readFile('shell', path, text, (file) => {
      file.scope = path
      file.resources = []
      addCommands(file, text, { start: 0, end: text.length })
    })
  },
}
