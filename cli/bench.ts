import { runScripts } from './test/scripts.ts'

/**
 * Runs a measurement of `test/bench`.
 * @throws ConfigError where there is none of this name
 */
export async function bench(name: string, options: readonly string[] = []): Promise<void> {
  const codes = await runScripts('bench', [{ name, options }])
  process.exitCode = codes.get(name) ?? 1
}
