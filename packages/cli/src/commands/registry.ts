/** The commands besides `scan`, one line each. */
import { registerAuditData } from './audit-data.js'
import { registerBaseline } from './baseline.js'
import type { Register } from './command.js'
import { registerCatalog } from './catalog.js'
import { registerCompletion } from './completion.js'
import { registerDoctor } from './doctor.js'
import { registerExplain } from './explain.js'
import { registerInit } from './init.js'
import { registerInventory } from './inventory.js'
import { registerPolicy } from './policy.js'

export const commands: readonly Register[] = [
  registerInit,
  registerBaseline,
  registerExplain,
  registerInventory,
  registerAuditData,
  registerCatalog,
  registerPolicy,
  registerDoctor,
  registerCompletion,
]
