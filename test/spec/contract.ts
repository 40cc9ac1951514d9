/** What a finding says, from the core's own contract. Specs compare findings with these words only. */
export {
  type Confidence,
  type Finding,
  type RuleId,
  ruleIds,
  type Severity,
  type Zone,
  zones,
} from '../../packages/core/src/finding.js'
