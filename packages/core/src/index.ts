/** What the ESLint plugin and the CLI take from the core. */
export { analyse, canReach, type Analysis, type MarkedAnalysis, type ProgramInput, type SourceFile } from './analyse.js'
export { alternativesInJapan } from './catalog/alternatives.js'
export { isPersonal, type ColumnRecord } from './audit/column.js'
export { TableAudit } from './audit/table.js'
export { mixedWidths } from './audit/widths.js'
export type { Level, Provider, Row } from './catalog/catalogue.js'
export { examine, type Examined } from './catalog/examine.js'
export { catalogue, type Catalogue } from './catalog/load.js'
export { findLiterals, type Literal } from './catalog/validators.js'
export { configFormats, formatOf, formatOfScript } from './config/registry.js'
export type { ConfigFile, ConfigFormat, Setting } from './config/setting.js'
export {
  ruleIds,
  zones,
  type BaselineRecord,
  type Comparison,
  type Confidence,
  type CountryRecord,
  type DataClassRecord,
  type DeclaredBasis,
  type DestinationRecord,
  type EndpointPlace,
  type EndpointRecord,
  type ExceptionRecord,
  type Finding,
  type FlowClass,
  type FlowRecord,
  type FlowSource,
  type GapRecord,
  type GateRecord,
  type GoneFinding,
  type Ground,
  type Localized,
  type PolicyChange,
  type ProviderRecord,
  type Reference,
  type Report,
  type RuleId,
  type Severity,
  type Subject,
  type Suppression,
  type TraceStep,
  type Zone,
} from './finding.js'
export type { Gap, Module } from './ir/ir.js'
export type { Language } from './languages/language.js'
export {
  extensionOf,
  interpreterIn,
  isContainer,
  isManifest,
  isNamedAsScript,
  languageIn,
  languageOf,
  languages,
} from './languages/registry.js'
export type { SyntaxNode } from './languages/tree.js'
export { createResolver } from './link/resolve.js'
export type { Resolver } from './link/resolver.js'
export { channelReader } from './rules/parts.js'
export { LineIndex, type Position, type Region, type Span } from './location.js'
export { policyChanges } from './policy/changes.js'
export { checkDates, type DateNotice } from './policy/dates.js'
export { PolicyErrors, renderPolicyError, type PolicyError } from './policy/errors.js'
export { cellsFor, decide, levels } from './policy/decide.js'
export { matchesAny } from './policy/glob.js'
export { underFloor } from './policy/floor.js'
export { tighten } from './policy/nested.js'
export { defaultPolicy, parsePolicy, type ParsedPolicy, type ParseInput } from './policy/parse.js'
export type { CellRule, Decision, Policy } from './policy/policy.js'
export { schemaFormatOf, schemasAmong } from './schemas/registry.js'
export type { SchemaFile } from './schemas/schema.js'
export { displayWidth } from './policy/width.js'
export type { Mark } from './rules/mark.js'
export { isTestPath } from './rules/test-paths.js'

export const engineVersion = '0.1.0'
