import { existsSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { installedExtent } from '../../bin/packages.js'
import { runProgram } from './programs.ts'

/** Next's compiler, and a library for pictures that it would use if a page asked for smaller ones. */
const COMPILER = /^node_modules\/@next\/swc-/
const PICTURES = /^node_modules\/@img(\/|$)/
/** Makes the bundle of web process and worker. */
const BUNDLER = [/^node_modules\/esbuild$/, /^node_modules\/@esbuild\//]
const BUILD_PACKAGES = [COMPILER, PICTURES, ...BUNDLER]

/** Whether a package, named by its folder, is one of those that only the build of the pages needs. */
export const isBuildPackage = (folder: string): boolean =>
  BUILD_PACKAGES.some(pattern => pattern.test(folder))

/**
 * Brings compiler and bundler back where they were removed after an earlier build, and leaves all other packages alone.
 * @param root the folder of package.json
 * @throws AppError `step_failed` with npm's last words
 */
export async function ensureBuildPackages(root: string, signal?: AbortSignal): Promise<void> {
  const there = buildPackagesIn(root)
  if ([COMPILER, ...BUNDLER].every(pattern => there.some(folder => pattern.test(folder)))) return
  // What is installed beside it stays.
  const extent = installedExtent() === 'all' ? '--include=dev' : '--omit=dev'
  const quiet = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error']
  await runProgram('npm', ['install', '--no-save', extent, ...quiet], { cwd: root, signal })
}

/**
 * Removes what only a build needs, unless the packages of tests are there as well. All are optional to npm, whose state
 * stays whole without them.
 */
export function removeBuildPackages(root: string, extent = installedExtent): void {
  const folders = buildPackagesIn(root)
  if (folders.length === 0 || extent() !== 'run') return
  for (const folder of folders) rmSync(join(root, folder), { recursive: true, force: true })
}

/** Without a pattern of Node's, which takes every start 20 ms to load. */
function buildPackagesIn(root: string): string[] {
  const scopes = ['node_modules', 'node_modules/@next', 'node_modules/@esbuild']
  return scopes
    .filter(scope => existsSync(join(root, scope)))
    .flatMap(scope => readdirSync(join(root, scope)).map(name => `${scope}/${name}`))
    .filter(isBuildPackage)
}
