import { descriptionOf, namesIn, runScripts } from './test/scripts.ts'

/**
 * Runs one part of `test/proof`, or all of them; `list` names them. Each says what it measured, and its exit code
 * whether that holds.
 * @throws ConfigError where there is none of this name
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
