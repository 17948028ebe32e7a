import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import type { BuildOptions, Metafile, Plugin } from 'esbuild'
import { ROOT } from './build.ts'
import { ensureBuildPackages } from './build-packages.ts'
import type { Role } from './children.ts'
import type { Steps } from './steps.ts'

const FOLDER = join(ROOT, '.bundle')
/** The files that the bundle was made from, with their sizes and times. */
const STAMP = join(FOLDER, 'made-from.json')
const ENTRIES: Record<Role, string> = { web: 'app/server.ts', worker: 'worker/main.ts' }
const CHUNK = 'lib/[hash]'

/** Packages that find files of their own beside them, and those of adapters, with which no bundle is run. */
const EXTERNAL = ['next', '@prisma/client', 'libreoffice-convert', '@aws-sdk/*']
/** Packages written for `require` find it here. */
const REQUIRE = `import { createRequire } from 'node:module'
const require = createRequire(import.meta.url)
const { filename: __filename, dirname: __dirname } = import.meta`

type Stamp = Record<string, [bytes: number, changedMs: number]>

/** The script of a role: its source, or a bundle of it. */
export type Scripts = Record<Role, string>
export const SOURCES: Scripts = ENTRIES

/**
 * Puts the modules of web process and worker into a few files, unless those that are there are of these sources: both
 * load in half of the time. Where there is no bundler for this machine the sources are run.
 */
export async function ensureBundle(steps: Steps, signal?: AbortSignal): Promise<Scripts> {
  const scripts = { web: join(FOLDER, 'app/server.js'), worker: join(FOLDER, 'worker/main.js') }
  if (isMade()) return relativeTo(ROOT, scripts)
  await ensureBuildPackages(ROOT, signal)
  const esbuild = await import('esbuild').catch(() => undefined)
  if (!esbuild) return SOURCES
  const build = async () => {
    rmSync(FOLDER, { recursive: true, force: true })
    const { metafile } = await esbuild.build(options)
    writeStamp(metafile)
    return 'bundled'
  }
  await steps.run('Programs', build)
  return relativeTo(ROOT, scripts)
}

const relativeTo = (root: string, scripts: Scripts): Scripts => ({
  web: relative(root, scripts.web),
  worker: relative(root, scripts.worker),
})

/** A source finds the files beside it from where it is, not from where the bundle is. */
const placesOfSources: Plugin = {
  name: 'places of sources',
  setup(build) {
    build.onLoad({ filter: /\.ts$/ }, async ({ path }) => {
      const source = await readFile(path, 'utf8')
      if (path.includes('node_modules') || !source.includes('import.meta.url')) return undefined
      // All files of the bundle are one folder deep.
      const place = relative(join(FOLDER, dirname(CHUNK)), path)
      const url = `new URL(${JSON.stringify(place)}, import.meta.url).href`
      return { loader: 'ts', contents: source.replaceAll('import.meta.url', url) }
    })
  },
}

const options = {
  absWorkingDir: ROOT,
  entryPoints: Object.values(ENTRIES),
  outbase: ROOT,
  outdir: FOLDER,
  chunkNames: CHUNK,
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node24',
  // Not `main`: some of those find their own modules by ways that a bundler cannot follow.
  mainFields: ['module', 'main'],
  external: EXTERNAL,
  banner: { js: REQUIRE },
  // For whoever runs it with NODE_OPTIONS=--enable-source-maps, which makes a start longer.
  sourcemap: 'linked',
  sourcesContent: false,
  metafile: true,
  logLevel: 'silent',
  plugins: [placesOfSources],
} satisfies BuildOptions

function writeStamp({ inputs }: Metafile): void {
  const own = Object.keys(inputs).filter(file => !file.includes('node_modules'))
  const stamp = Object.fromEntries(
    [...own, 'package-lock.json', 'tsconfig.json'].map(file => [file, stateOf(file)]),
  )
  writeFileSync(STAMP, JSON.stringify(stamp))
}

/** By sizes and times, because reading all the sources would take as long as the bundle saves on a slow disk. */
function isMade(): boolean {
  if (!existsSync(STAMP)) return false
  const stamp = JSON.parse(readFileSync(STAMP, 'utf8')) as Stamp
  return Object.entries(stamp).every(([file, [bytes, changedMs]]) => {
    const [size, mtimeMs] = stateOf(file)
    return size === bytes && mtimeMs === changedMs
  })
}

function stateOf(file: string): Stamp[string] {
  const stats = statSync(join(ROOT, file), { throwIfNoEntry: false })
  return [stats?.size ?? -1, stats?.mtimeMs ?? -1]
}
