/** Loaded before the CLI: leaves the process's peak memory, in KiB, and its CPU time, in ms, in a file. */
import { writeFileSync } from 'node:fs'

process.on('exit', () => {
  const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage()
  writeFileSync(process.env.SEKISHO_PEAK, JSON.stringify({ peak: maxRSS, cpu: (userCPUTime + systemCPUTime) / 1000 }))
})
