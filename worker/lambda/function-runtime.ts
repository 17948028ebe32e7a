import type { Config } from '#lib/config.ts'
import { AppError } from '#lib/vocabulary/errors.ts'
import { openRuntime, type Runtime, type RuntimeOptions } from '../runtime.ts'

const NO_ISOLATION =
  'LAMBDA_ISOLATION=function-role would let this function convert without a sandbox, isolated by its role alone.'

/**
 * Opens the runtime in a sandbox where one can be had. Lambda allows none so far: then the setting must say what isolates
 * instead, and each LibreOffice gets one file, one at a time. No conversion may take longer than `longestMs` milliseconds.
 * @throws AppError `sandbox_unavailable`, `engine_crashed`: no job may be taken
 */
export async function openFunctionRuntime(
  config: Config,
  { longestMs, ...options }: RuntimeOptions & { longestMs: number },
): Promise<Runtime> {
  // A job that needs longer would be handed back by each function.
  const limited = { ...config, timeLimitMs: Math.min(config.timeLimitMs, longestMs) }
  try {
    return await openRuntime(limited, options)
  } catch (error) {
    if (!(error instanceof AppError && error.code === 'sandbox_unavailable')) throw error
    const why = error.message.replace(`${error.code}: `, '')
    if (config.lambda.isolation !== 'function-role')
      throw new AppError('sandbox_unavailable', { log: `${why} ${NO_ISOLATION}`, cause: error })
    options.log.warn({ why }, 'no sandbox can be had: the role of the function is what isolates')
    return openRuntime({ ...limited, sandbox: 'off', engineReuse: 'never', slots: 1 }, options)
  }
}
