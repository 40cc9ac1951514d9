/** Scripts inside CI files: `run` of GitHub's workflows and actions, `script` of GitLab's jobs, `bash` of Azure's pipelines. */
import { addCommands } from '../shell/commands.js'
import type { ConfigFile, Setting } from '../setting.js'
import { addGap } from '../tree.js'

const FILES =
  /(?:^|\/)(?:\.github\/(?:workflows|actions)\/.*|action|[\w.-]*\.?gitlab-ci[\w.-]*|\.gitlab\/.*|azure-pipelines[\w.-]*|buildspec[\w.-]*|cloudbuild[\w.-]*|bitbucket-pipelines)\.ya?ml$/i
const SCRIPTS = new Set(['run', 'script', 'before_script', 'after_script', 'bash', 'commands', 'inlinescript'])
const mostScripts = 2_000

export function isPipeline(path: string): boolean {
  return FILES.test(path)
}

/** Settings that are scripts. */
export function scriptsIn(file: ConfigFile): Setting[] {
  return file.settings.filter(
    ({ path, value }) =>
      value !== null && SCRIPTS.has((/^\d+$/.test(path.at(-1) ?? '') ? path.at(-2) : path.at(-1))?.toLowerCase() ?? ''),
  )
}

export function asPipeline(file: ConfigFile, text: string): boolean {
  if (!isPipeline(file.path)) return false
  const scripts = scriptsIn(file)
  if (scripts.length === 0) return false
  file.scope = file.path
  file.resources = []
  for (const { valueSpan } of scripts.slice(0, mostScripts)) addCommands(file, text, valueSpan)
  if (scripts.length > mostScripts)
    addGap(
      file,
      scripts[mostScripts]!.valueSpan,
      'cut',
      'too many scripts: not all were read',
      'スクリプトが多すぎるため、すべては読んでいません',
    )
  return true
}
