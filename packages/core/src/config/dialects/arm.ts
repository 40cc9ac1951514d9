/**
 * Azure Resource Manager's JSON: templates, whose texts in brackets are expressions, and parameter files, which give parameters to the
 * template or the Bicep file beside them. Parameters of nested templates are not followed.
 */
import { textsOf } from '../expressions/expression.js'
import { ExpressionParser } from '../expressions/parser.js'
import { Broken } from '../expressions/scanner.js'
import { folderOf } from '../scope-path.js'
import type { ConfigFile, Setting } from '../setting.js'
import { named, rewritten } from './names.js'

const TEMPLATE = /deploymentTemplate\.json/i
const PARAMETERS = /deploymentParameters\.json/i

export function asArm(file: ConfigFile): boolean {
  const schema = file.settings.find(({ path }) => path.length === 1 && path[0] === '$schema')?.value ?? ''
  if (TEMPLATE.test(schema)) readTemplate(file)
  else if (PARAMETERS.test(schema) || /\.parameters(?:\.[\w-]+)*\.json$/i.test(file.path)) readParameters(file)
  else return false
  return true
}

function readTemplate(file: ConfigFile): void {
  file.scope = file.path
  file.resources = []
  const types = new Map<string, string>()
  for (const setting of file.settings) {
    const { path, value } = setting
    const [head, name, below] = path
    if (head === 'parameters' && below === 'defaultValue')
      named(setting, { scope: file.path, name: ['parameters', name, ...path.slice(3)].join('.'), isDefault: true })
    else if (head === 'variables') named(setting, { scope: file.path, name: path.join('.') })
    else if (head === 'outputs' && below === 'value') named(setting, { scope: file.path, name: `output.${name}` })
    if (value !== null && /^\[(?!\[)[\s\S]*\]$/.test(value)) readExpression(file, setting, value)
    if (path.at(-1) === 'type' && path.at(-3) === 'resources' && value !== null) addResource(file, setting, types)
  }
}

// [concat('a', parameters('b'))]
function readExpression(file: ConfigFile, setting: Setting, value: string): void {
  const apart: ConfigFile = { path: file.path, format: 'arm', settings: [], gaps: [] }
  try {
    rewritten(
      setting,
      textsOf(new ExpressionParser(apart, value.slice(1, -1), { id: 'bicep', quote: "'" }).expression()),
    )
  } catch (error) {
    if (!(error instanceof Broken)) throw error
    rewritten(setting, ['${?}'])
  }
}

function addResource(file: ConfigFile, setting: Setting, types: Map<string, string>): void {
  const path = setting.path.slice(0, -1)
  const parent = path.slice(0, -2).join('.')
  const outer = types.get(parent)
  const own = setting.value!
  const type = outer === undefined || own.includes('.') ? own : `${outer}/${own}`
  types.set(path.join('.'), type)
  const inside = outer === undefined ? null : parent
  file.resources!.push({ type, name: path.join('.'), path, span: setting.valueSpan, parent: inside, provider: null })
}

// main.parameters.json gives main.bicep and main.json their parameters
function readParameters(file: ConfigFile): void {
  const folder = folderOf(file.path)
  const stem = file.path.slice(folder === '' ? 0 : folder.length + 1).replace(/[.-]param(?:eter)?s?\b.*$/i, '')
  const beside = `${folder === '' ? '' : `${folder}/`}${stem}`
  for (const setting of file.settings) {
    const [head, name, value, ...below] = setting.path
    if (head !== 'parameters' || name === undefined || value !== 'value') continue
    const key = [name, ...below].join('.')
    named(setting, { scope: `${beside}.bicep`, name: key }, { scope: `${beside}.json`, name: `parameters.${key}` })
  }
}
