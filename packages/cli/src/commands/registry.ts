/** The commands besides `scan`, one line each. */
import { registerBaseline } from './baseline.js'
import type { Register } from './command.js'

export const commands: readonly Register[] = [registerBaseline]
