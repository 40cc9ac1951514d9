/** One run of the built CLI in a process of its own: stages, total, peak memory, what it found. */
import { spawnSync } from 'node:child_process'
import { closeSync, openSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { fileURLToPath } from 'node:url'

const PEAK = fileURLToPath(new URL('peak.mjs', import.meta.url))
const LIMIT = 15 * 60 * 1000

export const STAGES = ['discover', 'settings', 'prefilter', 'parse', 'analyse', 'report']

/** `cached`: false for a run without a cache; else the run reads the cache that one before it has written. */
export function measure({ cli, folder, scratch, cached = false, node = [] }) {
  const output = join(scratch, 'report.json')
  const peak = join(scratch, 'peak')
  const argv = [...node, '--import', PEAK, cli, 'scan', '-f', `json=${output}`, '--fail-on', 'never', '--verbose']
  if (!cached) argv.push('--no-cache')
  // A user's machine has no such thing; it costs every Node process 40 ms.
  const { NODE_EXTRA_CA_CERTS: _, NODE_OPTIONS: __, ...env } = process.env
  closeSync(openSync(output, 'w'))
  const started = performance.now()
  const run = spawnSync(process.execPath, [...argv, '.'], {
    cwd: folder,
    encoding: 'utf8',
    timeout: LIMIT,
    maxBuffer: 1 << 28,
    env: { ...env, XDG_CACHE_HOME: join(scratch, 'cache'), SEKISHO_PEAK: peak },
  })
  const total = performance.now() - started
  if (run.status !== 0 && run.status !== 3)
    return { error: run.stderr.trim().split('\n').slice(0, 8).join('\n'), total }
  const used = JSON.parse(readFileSync(peak, 'utf8'))
  const report = JSON.parse(readFileSync(output, 'utf8'))
  return {
    total,
    stages: stagesOf(run.stderr),
    peak: used.peak / 1024,
    cpu: used.cpu,
    files: report.run.files,
    findings: report.findings.filter(({ severity }) => severity !== 'note').length,
    notes: report.findings.filter(({ severity }) => severity === 'note').length,
    gaps: report.gaps.length,
  }
}

function stagesOf(stderr) {
  const times = Object.fromEntries(STAGES.map((stage) => [stage, 0]))
  for (const [, stage, milliseconds] of stderr.matchAll(/^(\w+) +(\d+) ms$/gm)) times[stage] = Number(milliseconds)
  return times
}

/** The run with the median total. */
export function medianOf(count, run) {
  const runs = Array.from({ length: count }, run).sort((a, b) => a.total - b.total)
  return runs[count >> 1]
}
