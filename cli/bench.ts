import { runScripts } from './test/scripts.ts'

/**
 * Runs a benchmark of `test/bench`.
 * @throws ConfigError for an unknown name
 */
export async function bench(name: string, options: readonly string[] = []): Promise<void> {
  const codes = await runScripts('bench', [{ name, options }])
  process.exitCode = codes.get(name) ?? 1
}
