import { globSync, rmSync, statSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import type { BuildOptions, Metafile, Plugin } from 'esbuild'
import { bundleFolder, isBundleFresh, markBundle, unmarkBundle } from '../../bin/bundle-state.js'
import { ROOT } from './build.ts'
import { ensureBuildPackages } from './build-packages.ts'
import type { Role } from './children.ts'
import { queryCompilerFile } from './query-compiler-file.ts'
import type { Steps } from './steps.ts'

const ENTRIES: Record<Role, string> = { web: 'app/server.ts', worker: 'worker/main.ts' }
const LAUNCHER = 'cli/commands.ts'
const DAY_MS = 86_400_000
const CHUNK = 'lib/[hash]'

/** Packages that find files of their own beside them, and those of adapters, with which no bundle is run. */
const EXTERNAL = [
  'next',
  '@prisma/client',
  'libreoffice-convert',
  'esbuild',
  '@prisma/schema-engine-wasm',
  '@aws-sdk/*',
]
/** How a source asks for its own place; in two words, because this file is bundled as well. */
const OWN_PLACE = ['import', 'meta', 'url'].join('.')
/** Packages written for `require` find it here. */
const REQUIRE = `import { createRequire } from 'node:module'
const require = createRequire(${OWN_PLACE})
const { filename: __filename, dirname: __dirname } = import.meta`

/** The script of a role: its source, or a bundle of it. */
export type Scripts = Record<Role, string>
export const SOURCE_SCRIPTS: Scripts = ENTRIES

/**
 * Puts the modules of web process, worker and launcher into a few files, unless those that are there are of these
 * sources: they load in half of the time. Where there is no bundler for this machine the sources are run.
 */
export async function ensureBundle(steps: Steps, signal?: AbortSignal): Promise<Scripts> {
  const scripts = { web: join(bundleFolder, 'app/server.js'), worker: join(bundleFolder, 'worker/main.js') }
  if (isBundleFresh()) return relativeTo(ROOT, scripts)
  await ensureBuildPackages(ROOT, signal)
  const esbuild = await import('esbuild').catch(() => undefined)
  if (!esbuild) return SOURCE_SCRIPTS
  const build = async () => {
    unmarkBundle()
    // Each alone: what one of them does not use of a file is left out only where no other shares it.
    const builds = [...Object.values(ENTRIES), LAUNCHER].map(entry =>
      esbuild.build({ ...options, entryPoints: [entry] }),
    )
    const metafiles = (await Promise.all(builds)).map(({ metafile }) => metafile)
    removeFormer(metafiles)
    markBundle([...metafiles.flatMap(ownOf), 'package-lock.json', 'tsconfig.json'])
    return 'bundled'
  }
  await steps.run('Programs', build)
  return relativeTo(ROOT, scripts)
}

const ownOf = ({ inputs }: Metafile) => Object.keys(inputs).filter(file => !file.includes('node_modules'))

/** Removes what earlier bundles left, but not of the last day: a Nightshift that runs may still load it. */
function removeFormer(metafiles: readonly Metafile[]): void {
  const made = new Set(metafiles.flatMap(({ outputs }) => Object.keys(outputs)).map(file => join(ROOT, file)))
  for (const file of globSync('*/*', { cwd: bundleFolder }).map(name => join(bundleFolder, name)))
    if (!made.has(file) && statSync(file).mtimeMs < Date.now() - DAY_MS) rmSync(file)
}

const relativeTo = (root: string, scripts: Scripts): Scripts => ({
  web: relative(root, scripts.web),
  worker: relative(root, scripts.worker),
})

/** A source finds the files beside it from where it is, not from where the bundle is. */
const placesOfSources: Plugin = {
  name: 'places of sources',
  setup(build) {
    build.onLoad({ filter: /\.[jt]s$/ }, async ({ path }) => {
      const source = await readFile(path, 'utf8')
      if (path.includes('node_modules') || !source.includes(OWN_PLACE)) return undefined
      // All files of the bundle are one folder deep.
      const place = relative(join(bundleFolder, dirname(CHUNK)), path)
      const url = `new URL(${JSON.stringify(place)}, ${OWN_PLACE}).href`
      return { loader: 'ts', contents: source.replaceAll(OWN_PLACE, url) }
    })
  },
}

const options = {
  absWorkingDir: ROOT,
  outbase: ROOT,
  outdir: bundleFolder,
  chunkNames: CHUNK,
  assetNames: CHUNK,
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node24',
  // Not `main`: some of those find their own modules by ways that a bundler cannot follow.
  mainFields: ['module', 'main'],
  external: [...EXTERNAL],
  banner: { js: REQUIRE },
  // For whoever runs it with NODE_OPTIONS=--enable-source-maps, which makes a start longer.
  // A fifth less to read. Lines stay, for the places in an error's stack.
  minifyWhitespace: true,
  lineLimit: 160,
  legalComments: 'none',
  sourcemap: 'linked',
  sourcesContent: false,
  metafile: true,
  logLevel: 'silent',
  plugins: [placesOfSources, queryCompilerFile],
} satisfies BuildOptions
