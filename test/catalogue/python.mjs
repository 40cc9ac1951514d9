/** Asks the installed Python packages by reflection; `reflect.py` looks, this brings its answers into the report. */
import { execFileSync } from 'node:child_process'
import { join } from 'node:path'

export function checkPython(python, groups, report, environment = {}) {
  if (groups.length === 0) return
  const asked = groups.map(({ provider, index, facts }) => ({ provider, index, facts }))
  const output = execFileSync(python, ['-W', 'ignore', join(import.meta.dirname, 'reflect.py')], {
    input: JSON.stringify(asked),
    encoding: 'utf8',
    // LiteLLM fetches a list of prices where it is imported
    env: { ...process.env, LITELLM_LOCAL_MODEL_COST_MAP: 'True', ...environment },
    maxBuffer: 64 * 1024 * 1024,
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  for (const answer of JSON.parse(output)) {
    const group = groups.find(({ provider, index }) => provider === answer.provider && index === answer.index)
    if (answer.verdicts === null) report.unopened(group, answer.package)
    else report.add(group, answer.package, `${answer.package}@${answer.version}`, { verdicts: answer.verdicts })
  }
}
