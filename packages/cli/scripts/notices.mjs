// What a bundle carries of others: their licences, in one file beside it. Read from the bundler's own list of inputs.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'

/**
 * Writes the notices of all packages whose files are inputs of a bundle.
 * @param {import('esbuild').Metafile} metafile with paths relative to the working directory
 * @param {string} outfile where to write
 * @param {{ name: string, version: string, license: string, text: string }[]} [besides] what is copied beside the bundle
 */
export function writeNotices(metafile, outfile, besides = []) {
  const folders = new Set(Object.keys(metafile.inputs).flatMap((input) => packageFolder(resolve(input)) ?? []))
  const found = [...folders].map(noticeOf).concat(besides)
  const unique = new Map(found.map((notice) => [`${notice.name} ${notice.version}`, notice]))
  const parts = [...unique.values()]
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map(({ name, version, license, text }) => `${name} ${version} (${license})\n\n${text.trim()}\n`)
  writeFileSync(
    outfile,
    `This package carries the following, under their own licences.\n\n${parts.join(`\n${'-'.repeat(78)}\n\n`)}`,
  )
}

function packageFolder(file) {
  const at = file.lastIndexOf('/node_modules/')
  if (at < 0) return null
  const names = file.slice(at + '/node_modules/'.length).split('/')
  return join(file.slice(0, at), 'node_modules', ...names.slice(0, names[0].startsWith('@') ? 2 : 1))
}

/** A package without a licence text is no package to carry: the build fails. */
export function noticeOf(folder) {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  const file = readdirSync(folder).find((one) => /^(licen[cs]e|copying)([.-]|$)/i.test(one))
  if (file === undefined) throw new Error(`${name} ${version} has no licence text in ${dirname(folder)}`)
  return { name, version, license: license ?? 'see below', text: readFileSync(join(folder, file), 'utf8') }
}
