/** What a doctor looks at, and what is said of it. Reads files; runs nothing of the repository. */
import { accessSync, constants, mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { languageOf, type Localized, type Policy, type Report } from '@sekisho/core'
import { isRefused } from '../exit-code.js'
import type { ScanOptions } from '../arguments.js'
import { cacheFolder } from '../cache.js'
import { judgeOnDisk, scan, type Surroundings } from '../scan.js'
import { unreadLanguageOf } from '../unread.js'
import { doctorWords as says } from './doctor-words.js'
import { hookState, textOf } from './hooks.js'

export interface Check {
  is: 'fine' | 'told' | 'bad'
  text: Localized
}

export async function diagnose(
  options: ScanOptions,
  surroundings: Surroundings,
): Promise<{ checks: Check[]; policyLocale: Policy['locale'] }> {
  const { program, judged } = await judgeOnDisk(options, surroundings)
  const { report, policy, warnings } = await scan(options, surroundings)
  const gitRoot = program.root.gitRoot
  const checks = [
    ...policyChecks(report, policy, warnings.length),
    ...fileChecks(program.files, judged.analysed, report, policy),
    ...entryChecks(report, policy),
    ...gateChecks(report),
    ...(gitRoot === null ? [bad(says.noGit)] : [...hookChecks(gitRoot), ...workflowChecks(gitRoot)]),
    cacheCheck(surroundings),
  ]
  return { checks, policyLocale: policy.locale }
}

const fine = (text: Localized): Check => ({ is: 'fine', text })
const told = (text: Localized): Check => ({ is: 'told', text })
const bad = (text: Localized): Check => ({ is: 'bad', text })

function policyChecks({ policy: { file, extends: presets } }: Report, policy: Policy, warnings: number): Check[] {
  const own = file === null ? told(says.noPolicy(presets.join(', '))) : fine(says.policy(file, presets.join(', ')))
  const off = policy.cells.length === 0 ? [bad(says.noCells)] : []
  return [own, ...off, ...(warnings > 0 ? [bad(says.warnings(warnings))] : [])]
}

function fileChecks(files: readonly string[], analysed: number, report: Report, policy: Policy): Check[] {
  const read = files.filter((path) => languageOf(path) !== null).length
  const others = new Map<string, number>()
  for (const path of files) {
    const name = unreadLanguageOf(path)
    if (name !== null) others.set(name, (others.get(name) ?? 0) + 1)
  }
  const unread = [...others].sort(([, a], [, b]) => b - a)
  const refused = report.gaps.filter((gap) => isRefused(gap, policy.gate.gaps)).length
  const relevant = report.gaps.filter((gap) => gap.relevant).length
  return [
    read === 0 ? bad(says.noCode(files.length)) : fine(says.code(read, analysed)),
    ...(unread.length === 0
      ? []
      : [
          bad(
            says.unread(
              unread
                .slice(0, 5)
                .map(([name, count]) => `${name} ${count}`)
                .join(', '),
            ),
          ),
        ]),
    ...(refused > 0 ? [bad(says.gaps(refused))] : relevant > 0 ? [told(says.gapsAccepted(relevant))] : []),
    ...(report.run.excluded.length > 0 ? [told(says.excluded(report.run.excluded.join(', ')))] : []),
    // Said above.
    ...(read === 0 ? [] : report.run.notices.map(bad)),
  ]
}

/** Entries of the policy that nothing has made use of. */
function entryChecks({ endpoints, flows, findings }: Report, policy: Policy): Check[] {
  const met = new Set([...endpoints, ...flows].flatMap(({ destination }) => destination ?? []))
  const relied = new Set(flows.flatMap(({ sanitizers }) => sanitizers))
  const idle = [
    ...policy.destinations.filter(({ id }) => !met.has(id)).map(({ id }) => `destinations/${id}`),
    ...policy.sanitizers
      .filter(({ name, becomes }) => becomes !== null && ![...relied].some((one) => one.includes(name)))
      .map(({ name }) => `sanitizers/${name}`),
  ]
  const about = (rule: string) => findings.filter((finding) => finding.rule === rule).length
  const dead =
    about('unused-exception') +
    findings.filter((one) => one.rule === 'expired-exception' && one.severity === 'error').length
  return [
    ...(idle.length > 0 ? [bad(says.idle(idle.join(', ')))] : []),
    ...(dead > 0 ? [bad(says.deadExceptions(dead))] : []),
    ...(about('overdue-review') > 0 ? [told(says.reviews(about('overdue-review')))] : []),
    ...(about('malformed-directive') > 0 ? [bad(says.directives(about('malformed-directive')))] : []),
  ]
}

function gateChecks({ gate, baseline }: Report): Check[] {
  return [
    gate.observedUntil === null ? fine(says.gate(gate.failOn, gate.gaps)) : told(says.observed(gate.observedUntil)),
    ...(gate.failOn === 'never' ? [bad(says.neverFails)] : []),
    ...(gate.gaps === 'allow' ? [told(says.gapsAllowed)] : []),
    ...(baseline !== null && baseline.fixed.length > 0 ? [bad(says.staleBaseline(baseline.fixed.length))] : []),
    ...(baseline !== null && baseline.refused > 0 ? [bad(says.refusedBaseline(baseline.refused))] : []),
    ...(baseline !== null && baseline.changed.length > 0
      ? [told(says.olderBaseline(baseline.changed.join(', ')))]
      : []),
  ]
}

function hookChecks(gitRoot: string): Check[] {
  const state = hookState(gitRoot)
  switch (state.is) {
    case 'runs':
      return [fine(says.hook(state.files.join(', ')))]
    case 'not-executable':
      return [bad(says.hookNotExecutable)]
    case 'not-installed':
      return [bad(says.hookNotInstalled(state.files.join(', ')))]
    case 'none':
      return [told(says.noHook)]
  }
}

function workflowChecks(gitRoot: string): Check[] {
  const folder = join(gitRoot, '.github/workflows')
  const files = [
    ...filesIn(folder).map((name) => `.github/workflows/${name}`),
    '.gitlab-ci.yml',
    'bitbucket-pipelines.yml',
    'azure-pipelines.yml',
    '.circleci/config.yml',
    'Jenkinsfile',
  ]
  const using = files.filter((name) => names(join(gitRoot, name), 'sekisho'))
  if (using.length === 0) return [told(says.noWorkflow)]
  const weak = using.filter((name) => isWeak(textOf(join(gitRoot, name)) ?? ''))
  return [fine(says.workflow(using.join(', '))), ...weak.map((name) => bad(says.weakWorkflow(name)))]
}

/** Lines near ours that take the failure away. */
function isWeak(text: string): boolean {
  const lines = text.split('\n')
  return lines.some((line, at) => {
    if (!/sekisho/.test(line) || /^\s*#/.test(line)) return false
    const near = lines.slice(Math.max(0, at - 6), at + 12).join('\n')
    return (
      /\|\|\s*(?:true|:)|--fail-on[ =]never/.test(line) || /continue-on-error:\s*true|allow_failure:\s*true/.test(near)
    )
  })
}

function cacheCheck({ environment }: Surroundings): Check {
  const folder = cacheFolder(environment)
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    accessSync(folder, constants.W_OK)
    return fine(says.cache(folder))
  } catch {
    return bad(says.noCache(folder))
  }
}

function names(path: string, word: string): boolean {
  return textOf(path)?.includes(word) ?? false
}

function filesIn(folder: string): string[] {
  try {
    return readdirSync(folder).filter((name) => /\.ya?ml$/.test(name))
  } catch {
    return []
  }
}
