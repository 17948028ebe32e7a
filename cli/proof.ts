import { descriptionOf, namesIn, runScripts } from './test/scripts.ts'

/**
 * Runs one script of `test/proof`, or all of them; `list` prints their names. Each prints its measurements, and its
 * exit code says whether they hold.
 * @throws ConfigError for an unknown name
 */
export async function proof(name: string | undefined, options: readonly string[] = []): Promise<void> {
  const names = namesIn('proof')
  if (name === 'list') {
    for (const each of names) console.log(`  ${each.padEnd(16)}${descriptionOf('proof', each)}`)
    return
  }
  const scripts = (name ? [name] : names).map(each => ({ name: each, options }))
  const codes = await runScripts('proof', scripts)
  console.log('')
  for (const [each, code] of codes) console.log(`  ${code === 0 ? '✓' : '✗'} ${each}`)
  if ([...codes.values()].some(code => code !== 0)) process.exitCode = 1
}
