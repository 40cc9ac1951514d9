/** What the ESLint plugin and the CLI take from here: files found, read and decoded, the policy with what it extends. */
export { closedSet, reachable, type ImportGraph } from './closure.js'
export { boundNames, readConfig, readManifests, readSchemas, type ReadConfig } from './config-files.js'
export { decode, isBinary } from './decode.js'
export { discover, type Discovered } from './discover.js'
export { codeOf, WorkTree, type Content, type Tree } from './file-system.js'
export { floored, loadFloor } from './floor.js'
export { gapOf, type FoundGap } from './gap.js'
export { gitCommit, gitRootOf } from './git.js'
export {
  commitListing,
  emptyListing,
  headCommit,
  indexFile,
  indexListing,
  mergeBase,
  renames,
  type Listing,
} from './git-listing.js'
export { GitTree } from './git-tree.js'
export { importsOf } from './imports.js'
export { fileMessages } from './messages.js'
export { Mistake } from './mistake.js'
export { isOutside, isRooted, portable } from './path.js'
export { checkPolicy, loadPolicy, withNested, type LoadedPolicy } from './policy-file.js'
export { createPrefilter, type Prefilter } from './prefilter.js'
export { gapOfContent, readText } from './read-text.js'
export { isConfig, roleOf, type Role } from './role.js'
export { findListedRoot, policyFileIn } from './listed-root.js'
export { findPolicy, findRoot, isInScope, POLICY_NAME, type Root } from './root.js'
export { tokensOf } from './tokens.js'
export { visible, withoutCommands } from './visible.js'
