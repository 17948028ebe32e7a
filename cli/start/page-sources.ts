import { readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, extname, join, resolve } from 'node:path'

const IMPORT = /(?:\bfrom|\bimport)\s*\(?\s*['"]([^'"]+)['"]/g
const SOURCE = new Set(['.ts', '.tsx', '.js', '.jsx', '.mjs', '.css'])

/**
 * Every file that `next build` reads: everything below `app/(pages)` and `public`, what these import, and the build's
 * configuration. The API, the sockets and the worker can change without a build.
 */
export function pageSources(root: string): string[] {
  const settings = ['next.config.js', 'tsconfig.json', 'package-lock.json'].map(name => join(root, name))
  const found = new Set<string>()
  const open = [...pathsBelow(join(root, 'app', '(pages)')), ...pageFilesOf(join(root, 'app'))]
  for (let file = open.pop(); file !== undefined; file = open.pop()) {
    if (found.has(file)) continue
    found.add(file)
    open.push(...importsOf(root, file))
  }
  return [...settings, ...found, ...pathsBelow(join(root, 'public'))].filter(isFile)
}

/** Pages directly in `app`; the web process's own files there end in `.ts`. */
const pageFilesOf = (app: string) =>
  readdirSync(app, { withFileTypes: true })
    .filter(entry => entry.isFile() && extname(entry.name) !== '.ts')
    .map(entry => join(app, entry.name))

function importsOf(root: string, file: string): string[] {
  if (!SOURCE.has(extname(file))) return []
  const names = [...readFileSync(file, 'utf8').matchAll(IMPORT)].map(match => match[1] ?? '')
  return names
    .filter(name => name.startsWith('.') || name.startsWith('#'))
    .map(name => (name.startsWith('#') ? join(root, name.slice(1)) : resolve(dirname(file), name)))
    .filter(isFile)
}

/** The paths of all files below a folder; none where it is missing. */
export function pathsBelow(folder: string): string[] {
  if (!statSync(folder, { throwIfNoEntry: false })) return []
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath, entry.name))
}

const isFile = (path: string) => statSync(path, { throwIfNoEntry: false })?.isFile() ?? false
