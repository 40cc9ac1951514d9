/** ESLint's rules: all of them show their part of one analysis, made once a file. */
import type { Rule } from 'eslint'
import { type RuleId, ruleIds } from '@sekisho/core'
import { problemsOf, reportsFor, type Carrier, type Report, type Wanted } from './reports.js'
import type { Linted, Verdict, Workspace } from './workspace.js'

/** Known only when the whole program was seen. */
const WHOLE: readonly RuleId[] = ['unused-exception']

interface Options {
  policy?: string
  locale?: 'en' | 'ja'
  notes?: boolean
}

const descriptions: Readonly<Record<Carrier, string>> = {
  'cross-border-flow':
    'Disallow personal data of customers in Japan from reaching AI endpoints that the policy does not allow',
  'unresolved-endpoint': 'Disallow AI endpoints whose place neither code nor settings show',
  'foreign-endpoint': 'Disallow AI endpoints outside Japan',
  'region-escape': 'Disallow routing that leaves Japan though the endpoint is in Japan',
  'undeclared-residency': 'Require a declaration where Japan is an account setting that code does not show',
  'personal-data-literal': 'Disallow personal data written into files',
  'client-side-ai-call': "Disallow AI calls from the user's terminal",
  'expired-exception': 'Disallow exceptions of the policy that have expired',
  'unused-exception': 'Disallow exceptions of the policy that match nothing',
  'overdue-review': 'Disallow bases of the policy whose review is overdue',
  'malformed-directive': 'Disallow directives that can not do what they say',
  review: 'Show what the policy wants a person to look at: warnings of all rules',
  policy: 'Require a policy that can be read',
}

const carriers: readonly Carrier[] = [...ruleIds.filter((id) => !WHOLE.includes(id)), 'review', 'policy']

export function createRules(workspace: Workspace, docs: string): Record<string, Rule.RuleModule> {
  const runs = new Runs(workspace)
  return Object.fromEntries(carriers.map((carrier) => [carrier, createRule(carrier, runs, docs)]))
}

function createRule(carrier: Carrier, runs: Runs, docs: string): Rule.RuleModule {
  const page = carrier === 'review' || carrier === 'policy' ? `eslint.md#${carrier}` : `rules/${carrier}.md`
  return {
    meta: {
      type: carrier === 'review' ? 'suggestion' : 'problem',
      docs: { description: descriptions[carrier], recommended: true, url: `${docs}/${page}` },
      hasSuggestions: true,
      messages: { found: '{{message}}', instead: '{{description}}' },
      schema: [
        {
          type: 'object',
          properties: {
            policy: { type: 'string', description: 'Path of the policy, from the working directory.' },
            locale: { enum: ['en', 'ja'], description: 'Language of messages; else the policy’s, else English.' },
            ...(carrier === 'review' ? { notes: { type: 'boolean', description: 'Whether notes are shown.' } } : {}),
          },
          additionalProperties: false,
        },
      ],
      defaultOptions: [{}],
    },
    create(context) {
      const options = optionsOf(context)
      const run = runs.of(context, options.policy ?? null)
      if (run === null) return {}
      const wanted: Wanted = { carrier, locale: options.locale ?? null, notes: options.notes ?? false }
      const reports = run.reports(wanted)
      if (reports.length === 0) return {}
      return { [rootOf(context)]: () => reports.forEach((report) => tell(context, report)) }
    },
  }
}

/** Of one file: made by the first rule that asks. */
class Run {
  #toldProblem = false

  constructor(readonly verdict: Verdict) {}

  /** What keeps all rules from judging is told by one of them. */
  reports(wanted: Wanted): Report[] {
    const problems = this.#toldProblem ? [] : problemsOf(this.verdict, wanted)
    this.#toldProblem = true
    return [...problems, ...reportsFor(this.verdict, wanted)]
  }
}

class Runs {
  readonly #known = new WeakMap<object, Map<string | null, Run | null>>()

  constructor(readonly workspace: Workspace) {}

  of(context: Rule.RuleContext, policy: string | null): Run | null {
    const { sourceCode, filename, physicalFilename, cwd, languageOptions } = context
    let runs = this.#known.get(sourceCode)
    if (runs === undefined) this.#known.set(sourceCode, (runs = new Map()))
    let run = runs.get(policy)
    if (run === undefined) {
      const { text, ast } = sourceCode
      const parsers = languageOptions as Linted['languageOptions']
      const linted = {
        filename,
        physicalFilename: physicalFilename ?? filename,
        cwd,
        text,
        ast,
        languageOptions: parsers,
      }
      const verdict = this.workspace.judge(linted, policy)
      runs.set(policy, (run = verdict === null ? null : new Run(verdict)))
    }
    return run
  }
}

/** A rule's own options, over those that `settings.sekisho` gives to all. */
function optionsOf({ options, settings }: Rule.RuleContext): Options {
  const shared = settings?.['sekisho']
  return { ...(typeof shared === 'object' ? shared : {}), ...(options[0] as Options | undefined) }
}

/** Every language names the root of its trees in its own way. */
function rootOf({ sourceCode }: Rule.RuleContext): string {
  return (sourceCode.ast as { type?: string }).type ?? 'Program'
}

function tell(context: Rule.RuleContext, { region, message, suggestions }: Report): void {
  // Some languages count columns from one.
  const shift = firstColumnOf(context)
  context.report({
    loc: {
      start: { line: region.line, column: region.column - 1 + shift },
      end: { line: region.endLine, column: region.endColumn - 1 + shift },
    },
    messageId: 'found',
    data: { message },
    suggest: suggestions.map(({ span, text, description }) => ({
      messageId: 'instead',
      data: { description },
      fix: (fixer) => fixer.replaceTextRange([span.start, span.end], text),
    })),
  })
}

function firstColumnOf({ sourceCode }: Rule.RuleContext): number {
  const { getLocFromIndex } = sourceCode as { getLocFromIndex?: (index: number) => { column: number } }
  return typeof getLocFromIndex === 'function' ? getLocFromIndex.call(sourceCode, 0).column : 0
}
