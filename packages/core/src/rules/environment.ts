/** What the repository's own settings give to an environment variable, seen from a file: nearest folder first. */
import { matchesGlob } from '../policy/glob.js'
import type { Policy } from '../policy/policy.js'
import type { ConfigFile, Setting } from '../config/setting.js'
import { LineIndex } from '../location.js'
import { dirname } from '../link/paths.js'
import type { ConfigSchema } from '../catalog/config-schema.js'
import { createProjects, type Projects } from './projects.js'
import type { SettingNames } from './setting-names.js'
import { appliesTo } from './setting-scopes.js'

export interface Bound {
  value: string
  setting: Setting
  /** `.env.production:3` */
  place: string
  /** Environment that the file belongs to, or null. */
  environment: string | null
}

export interface Environment {
  /** Values of a variable for code in a file; empty where no setting gives one. */
  values(name: string, file: string): readonly Bound[]
  /** A setting's value with its references filled where the repository gives them. */
  expanded(setting: Setting, file: string): string
  /** The environment that a file belongs to, or null. */
  of(file: string): string | null
  /** A text of a setting with its environment variables filled. */
  filled(text: string, setting: Setting): string
}

interface Placed extends Bound {
  folder: string
  example: boolean
  /** A project's own file. */
  own: boolean
  /** Folder that an editor's settings are for. */
  editor: string | null
}

/** `app/.vscode/launch.json` starts programs of `app`. */
function editorOf(path: string): string | null {
  const found = /^(?:(.*)\/)?\.(?:vscode|idea|devcontainer)\//.exec(path)
  return found === null ? null : (found[1] ?? '')
}

export function createEnvironment(
  policy: Policy,
  config: readonly { file: ConfigFile; text: string }[],
  names: SettingNames,
  schemas: readonly ConfigSchema[] = [],
): Environment {
  const projects = createProjects(config.map(({ file }) => file))
  const bindings = new Map<string, Placed[]>()
  const own = schemas.filter((schema) => schema.own === true)
  const asked = schemas.filter((schema) => schema.profiles === true)
  for (const { file, text } of config) {
    if (own.some((schema) => appliesTo(schema, file))) continue
    let lines: LineIndex | null = null
    const placeOf = ({ valueSpan }: Setting) =>
      `${file.path}:${(lines ??= new LineIndex(text)).position(valueSpan.start).line}`
    const environment = environmentOf(policy, file.path)
    const example = file.example === true
    // Programs ask for what `application.yml` says by its dotted name.
    const byPath = asked.some((schema) => appliesTo(schema, file))
    for (const setting of file.settings) {
      const name = setting.environment ?? (byPath ? setting.path.join('.') : null)
      if (name === null || setting.value === null || setting.value.trim() === '') continue
      const place = placeOf(setting)
      const own = file.format === 'env'
      const editor = editorOf(file.path)
      const bound = {
        value: setting.value,
        setting,
        place,
        environment,
        folder: editor ?? dirname(file.path),
        example,
        own,
        editor,
      }
      const key = relaxed(name)
      const known = bindings.get(key)
      if (known === undefined) bindings.set(key, [bound])
      else known.push(bound)
    }
  }
  function values(name: string, file: string): readonly Bound[] {
    const known = bindings.get(relaxed(name)) ?? variablesOf(name).flatMap((variable) => bindings.get(variable) ?? [])
    // What infrastructure gives may be for any program; a project's own file is for it.
    const all = known.filter(
      ({ own, folder, editor }) =>
        (!own || projects.serves(folder, file)) && (editor === null || nearness(editor, file, projects) >= 1),
    )
    const real = all.filter((bound) => !bound.example)
    const usable = real.length > 0 ? real : all
    const near = usable.map((bound) => nearness(bound.folder, file, projects))
    const nearest = Math.max(-1, ...near)
    return usable.filter((_, at) => near[at] === nearest).slice(0, mostValues)
  }
  // A variable that is given its own name has what it is given elsewhere.
  const lookup = (file: string, asking?: Setting) => (name: string) =>
    values(name, file).find(({ setting }) => setting !== asking)?.value ?? null
  return {
    values: (name, file) =>
      values(name, file)
        .flatMap((bound) =>
          names.values(bound.setting).map((one) => ({
            ...bound,
            value: expand(one.text, bound.setting, lookup(file, bound.setting)),
            environment: bound.environment ?? environmentOf(policy, one.setting.file),
          })),
        )
        .slice(0, mostValues),
    expanded: (setting, file) => expand(names.values(setting)[0]?.text ?? '', setting, lookup(file, setting)),
    of: (file) => environmentOf(policy, file),
    filled: (text, setting) => expand(text, setting, lookup(setting.file, setting)),
  }
}

const mostValues = 6

/** `llm.baseUrl`, `llm.base-url` and `llm.base_url` are one setting. */
function relaxed(name: string): string {
  return name.includes('.') ? name.toLowerCase().replace(/[-_]/g, '') : name
}

/** Environment variables that give a setting: `LLM_BASEURL`, `LLM_BASE_URL` for `llm.base-url`. */
function variablesOf(name: string): string[] {
  if (!name.includes('.')) return []
  const upper = name
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .toUpperCase()
    .replaceAll('.', '_')
  return [...new Set([upper.replaceAll('-', ''), upper.replaceAll('-', '_')])]
}

/**
 * Depth of a folder that holds the file. For folders elsewhere less than any of these: more where a folder holds both, `shop/infra` for
 * `shop/app/main.ts`, unless the other is in a project of its own.
 */
function nearness(folder: string, file: string, projects: Projects): number {
  if (folder === '') return 1
  const parts = folder.split('/')
  if (file.startsWith(`${folder}/`)) return 1 + parts.length
  const own = file.split('/')
  let common = 0
  while (common < parts.length && parts[common] === own[common]) common++
  return common > 0 && projects.serves(folder, file) ? common / (common + 1) : 0
}

function environmentOf(policy: Policy, path: string): string | null {
  for (const [name, globs] of Object.entries(policy.environments))
    if (globs.some((glob) => matchesGlob(glob, path))) return name
  const named = /(?:^|\/)\.env\.([a-z][a-z0-9-]*)(?:\.local)?$/i.exec(path)?.[1]
  if (named !== undefined) return named.replace(/^(local|example|sample|template)$/i, '') || null
  return STAGE.exec(path.slice(-200))?.[1]?.toLowerCase() ?? null
}

/** `prod.tfvars`, `values-staging.yaml`, `main.dev.bicepparam`, `overlays/production/…` */
const STAGE =
  /(?:^|[/._-])(prod|production|prd|stg|stage|staging|dev|development|develop|qa|uat|test|sandbox)(?:[/._-][\w.-]*)?\.(?:tfvars|bicepparam|json|ya?ml|env)$/i

/** `${OTHER}` takes the other's value where the repository gives it; `${OTHER:-x}`, and Spring's `${OTHER:x}`, else take the default. */
function expand(value: string, setting: Setting, lookup: (name: string) => string | null): string {
  if (!value.includes('$')) return value
  return value.replace(
    /\$\{(\w{1,100}(?:\.[\w-]{1,60}){0,10})(?:(?::?-|:(?![?+=])|=)([^}]{0,400}))?\}|\$(\w{1,100})/g,
    (whole, braced?: string, fallback?: string, plain?: string) => {
      const name = braced ?? plain ?? ''
      const found = lookup(name)
      return found !== null && !found.includes('$') ? found : (fallback ?? whole)
    },
  )
}
