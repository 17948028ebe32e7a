import { createWriteStream, existsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { readConfig } from '#lib/config.ts'
import { dataPathsOf } from '#lib/data-paths.ts'
import { type ArchiveEntry, zipOf } from '#lib/zip-stream.ts'
import { findChecks } from './doctor/find-checks.ts'
import { type BundleFile, bundleFiles } from './support/bundle-files.ts'

/**
 * Writes what helps somebody else to understand this installation into one .zip, and says where it is and what it holds.
 * `folder` is where to; unset: DATA_DIR, or the folder of temporary files where Nightshift never ran.
 */
export async function support({ folder }: { folder?: string | undefined } = {}): Promise<void> {
  const config = readConfig()
  const paths = dataPathsOf(config.dataDir)
  const to = folder === undefined ? (existsSync(config.dataDir) ? config.dataDir : tmpdir()) : resolve(folder)
  const at = new Date()
  const files = await bundleFiles(config, paths, await findChecks(config, paths))
  const path = join(to, `nightshift-support-${at.toISOString().slice(0, 19).replaceAll(':', '-')}.zip`)
  await pipeline(
    Readable.from(zipOf(entriesOf(files, at))),
    createWriteStream(path, { flags: 'wx', mode: 0o600 }),
  )
  console.log(`\n  ✓ ${path}\n`)
  for (const { name, about, text } of files)
    console.log(`    ${name.padEnd(24)}${about} (${Math.ceil(Buffer.byteLength(text) / 1000)} kB)`)
  console.log(
    '\n  It holds no document, no name of a file, no owner and no secret. Look into it before you give it away.\n',
  )
}

async function* entriesOf(files: readonly BundleFile[], modified: Date): AsyncGenerator<ArchiveEntry> {
  for (const { name, text } of files) {
    const bytes = Buffer.from(text)
    yield { name, modified, bytes: bytes.length, deflate: true, content: Readable.from([bytes]) }
  }
}
