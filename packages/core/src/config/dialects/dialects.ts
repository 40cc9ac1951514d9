/** What JSON and YAML files are beyond their syntax: templates and parameters of infrastructure tools, told by what they hold. */
import type { ConfigFile } from '../setting.js'
import { asArm } from './arm.js'
import { asCloudFormation } from './cloudformation.js'
import { asHelm } from './helm.js'
import { asNpmScripts } from './npm-scripts.js'
import { asPipeline } from './pipelines.js'
import { asSecret } from './secrets.js'
import { asServerless } from './serverless.js'

export function readDialect(file: ConfigFile, text: string): void {
  if (file.format === 'json') void (asArm(file) || asCloudFormation(file) || asNpmScripts(file, text))
  else void (asHelm(file) || asPipeline(file, text) || asCloudFormation(file))
  asServerless(file)
  asSecret(file, text)
}
