// @ts-check
// Removes from the packages what neither running, building nor testing reads: a third of what npm brings. Each package
// stays where npm's own list has it.
import { lstatSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'

/** The client asks PostgreSQL by one of Prisma's query compilers; there are two for each of five databases. */
const otherCompiler = /@prisma\/client\/runtime\/query_compiler_(?!fast_bg\.postgresql\.)/
const machine = `${process.platform}-${process.arch}`
/** The package with Node's program for this machine. */
export const nodePackage = machine === 'darwin-arm64' ? `node-bin-${machine}` : `node-${machine}`
const sourceMap = /\.[cm]?[jt]s\.map$/

/**
 * Whether a file of a package is removed.
 * @param {string} path
 */
export function isUnused(path) {
  return sourceMap.test(path) || otherCompiler.test(path)
}

/** @param {string} folder */
export function removeUnusedFiles(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) removeUnusedFiles(path)
    else if (entry.isFile() && isUnused(path)) rmSync(path)
  }
}

/**
 * Removes the package that Node's own script installs inside `node`, with the headers of C, unless the program in
 * `node/bin` is a symbolic link into it instead of a hard link or a copy.
 * @param {string} modules
 */
export function removeUnusedNode(modules) {
  if (lstatSync(join(modules, 'node', 'bin', 'node')).isSymbolicLink()) return
  rmSync(join(modules, 'node', 'node_modules', nodePackage), { recursive: true, force: true })
}
