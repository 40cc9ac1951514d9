/** `sekisho completion`: a script for a shell, made from the commands and options that there are. */
import { Argument, type Command } from 'commander'
import { exitCodes } from '../exit-code.js'
import { helpText } from '../help.js'
import { reporterIds } from '../reporters/registry.js'
import type { Register } from './command.js'

const shells = ['bash', 'zsh', 'fish'] as const
type Shell = (typeof shells)[number]

const words = {
  en: { description: 'print a completion script for a shell', shell: 'the shell' },
  ja: { description: 'シェルの補完スクリプトを出力', shell: 'シェル' },
} as const

export const registerCompletion: Register = ({ program, locale, onRun }) => {
  const text = words[locale]
  program
    .command('completion')
    .description(text.description)
    .helpOption('-h, --help', helpText(locale).help)
    .addArgument(new Argument('<shell>', text.shell).choices(shells))
    .action((shell: Shell) => onRun(() => ({ code: exitCodes.clean, stdout: scripts[shell](wordsOf(program)) })))
}

/** `--format` of a scan takes a path, too, so that its choices are its own. */
const known: Readonly<Record<string, readonly string[]>> = { '--format': reporterIds }

interface Words {
  commands: { name: string; description: string; options: Flag[] }[]
}

interface Flag {
  long: string
  description: string
  choices: readonly string[]
  takesValue: boolean
}

function wordsOf(program: Command): Words {
  const commands = program.commands.map((command) => ({
    name: command.name(),
    description: command.description(),
    options: command.options.flatMap(({ long, description, argChoices, required, optional }) =>
      long === undefined || long === null
        ? []
        : [{ long, description, choices: argChoices ?? known[long] ?? [], takesValue: required || optional }],
    ),
  }))
  return { commands }
}

const scripts: Readonly<Record<Shell, (words: Words) => string>> = { bash, zsh, fish }

function bash({ commands }: Words): string {
  const wordsOfOne = (options: readonly Flag[]) => `words='${options.map(({ long }) => long).join(' ')}'`
  const cases = commands.map(({ name, options }) => `    ${name}) ${wordsOfOne(options)} ;;`)
  const values = commands.flatMap(({ name, options }) =>
    options
      .filter(({ choices }) => choices.length > 0)
      .map(({ long, choices }) => `    '${name} ${long}') words='${choices.join(' ')}' ;;`),
  )
  return `# sekisho completion bash > ~/.local/share/bash-completion/completions/sekisho
_sekisho() {
  local current=\${COMP_WORDS[COMP_CWORD]} previous=\${COMP_WORDS[COMP_CWORD-1]} command=\${COMP_WORDS[1]} words=''
  case $command in -*) command=scan ;; esac
  case $command in
${cases.join('\n')}
  esac
  if [ "$COMP_CWORD" -eq 1 ]; then words="${commands.map(({ name }) => name).join(' ')} $words"; fi
  case "$command $previous" in
${values.join('\n')}
  esac
  COMPREPLY=($(compgen -W "$words" -- "$current"))
}
complete -o default -F _sekisho sekisho
`
}

function zsh({ commands }: Words): string {
  const plain = (text: string) => text.replace(/[[\]:'"\\$`]/g, ' ')
  const cases = commands.map(({ name, options }) => {
    const specs = options.map(({ long, description, choices: values, takesValue }) => {
      const value = values.length > 0 ? `:value:(${values.join(' ')})` : takesValue ? ':value:_files' : ''
      return `'${long}[${plain(description)}]${value}'`
    })
    return `    ${name}) _arguments ${[...specs, "'*:file:_files'"].join(' ')} ;;`
  })
  return `#compdef sekisho
_sekisho() {
  if (( CURRENT == 2 )); then
    local -a commands=(${commands.map(({ name, description }) => `'${name}:${plain(description)}'`).join(' ')})
    _describe command commands
    _files
    return
  fi
  local command=$words[2]
  shift words
  (( CURRENT-- ))
  case $command in
${cases.join('\n')}
  esac
}
compdef _sekisho sekisho
`
}

function fish({ commands }: Words): string {
  const plain = (text: string) => text.replace(/['\\]/g, ' ')
  const lines = commands.flatMap(({ name, description, options }) => [
    `complete -c sekisho -n __fish_use_subcommand -a ${name} -d '${plain(description)}'`,
    ...options.map(({ long, description: about, choices: values, takesValue }) => {
      const value = values.length > 0 ? ` -x -a '${values.join(' ')}'` : takesValue ? ' -r' : ''
      return `complete -c sekisho -n '__fish_seen_subcommand_from ${name}' -l ${long.slice(2)}${value} -d '${plain(about)}'`
    }),
  ])
  return `${lines.join('\n')}\n`
}
