import { existsSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ensureBuildPackages } from './build-packages.ts'
import { compressFiles } from './compress-files.ts'
import { HASH_LENGTH, hashOf, isFresh, markFresh } from './freshness.ts'
import { pageSources } from './page-sources.ts'
import { runProgram } from './programs.ts'
import type { Steps } from './steps.ts'

/** The folder of package.json. */
export const ROOT = fileURLToPath(new URL('../../', import.meta.url)).replace(/\/$/, '')

/**
 * Builds the pages when a file that the build reads changed, or BASE_PATH. The last build for another path is kept, so
 * that switching back costs nothing.
 */
export async function ensurePages(steps: Steps, basePath: string, signal?: AbortSignal): Promise<void> {
  const [pages, kept] = [join(ROOT, '.next'), join(ROOT, '.next-kept')]
  const stamp = join(pages, 'made-from')
  const madeFrom = () => hashOf(ROOT, pageSources(ROOT)) + basePath
  if (isFresh(stamp, madeFrom())) return
  if (isFresh(join(kept, 'made-from'), madeFrom())) return exchange(pages, kept)
  if (basePathOf(stamp) !== basePath) exchange(pages, kept)
  const build = async () => {
    const env = { NEXT_TELEMETRY_DISABLED: '1', NODE_ENV: 'production', BASE_PATH: basePath }
    await ensureBuildPackages(ROOT, signal)
    await runOurs('next', ['build'], { signal, env })
    compressFiles(join(pages, 'static'))
    // Hashed again, because the build rewrites tsconfig.json.
    markFresh(stamp, madeFrom())
    return 'built'
  }
  await steps.run('Pages', build, 'building them once, some 15 s')
}

/** The base path in the stamp of a build, after the hash of its sources; undefined where there is no build. */
function basePathOf(stamp: string): string | undefined {
  return existsSync(stamp) ? readFileSync(stamp, 'utf8').slice(HASH_LENGTH) : undefined
}

/** Swaps two folders; either may be missing. */
function exchange(one: string, other: string): void {
  const aside = `${one}-aside`
  rmSync(aside, { recursive: true, force: true })
  if (existsSync(one)) renameSync(one, aside)
  if (existsSync(other)) renameSync(other, one)
  if (existsSync(aside)) renameSync(aside, other)
}

/**
 * Runs the program of one of our packages under the current Node.
 * @throws AppError `step_failed` with the last lines of its output
 */
export function runOurs(
  packageName: string,
  args: string[],
  options: { signal: AbortSignal | undefined; env?: Record<string, string> },
): Promise<string> {
  return runProgram(process.execPath, [programOf(packageName), ...args], {
    cwd: ROOT,
    name: packageName,
    ...options,
  })
}

/** The JavaScript file of a package's first program. */
function programOf(packageName: string): string {
  const folder = join(ROOT, 'node_modules', packageName)
  const { bin } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
    bin: string | Record<string, string>
  }
  return join(folder, typeof bin === 'string' ? bin : (Object.values(bin)[0] ?? ''))
}
