/**
 * CloudFormation and SAM, in YAML and JSON, and what serverless.yml holds of it: parameters with their defaults, mappings, and
 * intrinsic functions, in their short form (`!Ref X`) and their long one (`{ Ref: X }`, `Fn::Sub`). Where a stack runs, no template says.
 */
import type { ConfigFile, Setting } from '../setting.js'
import { givesVariables } from '../yaml/variables.js'
import { named, rewritten } from './names.js'

const TYPE = /^(?:AWS|Alexa)::\w+::\w+/
const LONG = /^(?:Ref|Fn::\w+)$/

export function asCloudFormation(file: ConfigFile): boolean {
  const types = file.settings.filter(
    ({ path, value }) =>
      path.at(-1) === 'Type' && path.at(-3) === 'Resources' && path.length <= 4 && TYPE.test(value ?? ''),
  )
  if (types.length === 0) return false
  file.scope = file.path
  file.resources = types.map(({ path, value, valueSpan }) => ({
    ...{ type: value!, name: path.at(-2)!, path: [...path.slice(0, -1), 'Properties'], span: valueSpan },
    ...{ parent: null, provider: null },
  }))
  for (const setting of file.settings) {
    readIntrinsic(setting)
    const at = setting.path.findIndex((part) => part === 'Parameters' || part === 'Mappings')
    const [head, name, below] = at === 0 || at === 1 ? setting.path.slice(at) : []
    if (head === 'Parameters' && below === 'Default') named(setting, { scope: file.path, name: name!, isDefault: true })
    if (head === 'Mappings') named(setting, { scope: file.path, name: setting.path.slice(at).join('.') })
  }
  return true
}

/** What a function gives takes the function's place. */
function readIntrinsic(setting: Setting): void {
  const { path, value, references } = setting
  const at = path.findIndex((part) => LONG.test(part))
  if (at < 0) {
    // !Ref X: the value is what it refers to
    if (value !== null && references.length === 1 && references[0] === value) rewritten(setting, [`\${${value}}`])
    return
  }
  const name = path[at]!
  setting.path = path.filter((part) => !LONG.test(part))
  if (name === 'Ref' && value !== null) rewritten(setting, [`\${${value}}`])
  else if (name !== 'Fn::Sub' && name !== 'Fn::If' && name !== 'Fn::Join' && value !== null)
    rewritten(setting, ['${?}'])
  const variable = setting.path.at(-1) ?? ''
  if (setting.environment === null && givesVariables(setting.path.slice(0, -1), null)?.test(variable) === true)
    setting.environment = variable
}
