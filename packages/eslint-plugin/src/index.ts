/** `eslint-plugin-sekisho`, over the files of the disk. */
import type { Plugin } from './contract.js'
import { disk } from './host.js'
import { createPlugin } from './plugin.js'

const plugin: Plugin = createPlugin(disk)

export type { Plugin }
export default plugin
