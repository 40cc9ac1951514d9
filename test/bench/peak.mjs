/** Loaded before the CLI: leaves the process's peak memory, in KiB, in a file. */
import { writeFileSync } from 'node:fs'

process.on('exit', () => {
  writeFileSync(process.env.SEKISHO_PEAK, String(process.resourceUsage().maxRSS))
})
