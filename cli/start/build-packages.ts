import { globSync, rmSync } from 'node:fs'
import { join, matchesGlob } from 'node:path'
import { installedExtent } from '../../bin/packages.js'
import { runProgram } from './programs.ts'

/** Next's compiler, and a library for pictures that it would use if a page asked for smaller ones. */
const COMPILER = '@next/swc-*'
/** Makes the bundle of web process and worker. */
const BUNDLER = ['esbuild', '@esbuild/*']
const BUILD_PACKAGES = [COMPILER, '@img', ...BUNDLER]

/** Whether a package, named by its folder, is one of those that only the build of the pages needs. */
export const isBuildPackage = (folder: string): boolean =>
  BUILD_PACKAGES.some(pattern => matchesGlob(folder, `node_modules/${pattern}{,/*}`))

/**
 * Brings compiler and bundler back where they were removed after an earlier build, and leaves all other packages alone.
 * @param root the folder of package.json
 * @throws AppError `step_failed` with npm's last words
 */
export async function ensureBuildPackages(root: string, signal?: AbortSignal): Promise<void> {
  const there = (pattern: string) => globSync(pattern, { cwd: join(root, 'node_modules') }).length > 0
  if (there(COMPILER) && BUNDLER.every(there)) return
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
  const modules = join(root, 'node_modules')
  const folders = globSync(BUILD_PACKAGES, { cwd: modules })
  if (folders.length === 0 || extent() !== 'run') return
  for (const folder of folders) rmSync(join(modules, folder), { recursive: true, force: true })
}
