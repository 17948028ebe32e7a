import { ConfigError } from '../config.ts'

/** What a missing queue or topic is called, by both protocols of SQS. */
const MISSING = [
  'QueueDoesNotExist',
  'QueueDoesNotExistException',
  'AWS.SimpleQueueService.NonExistentQueue',
  'NotFound',
  'NotFoundException',
]
const DENIED = ['AccessDenied', 'AccessDeniedException', 'AuthorizationError', 'AuthorizationErrorException']
/** Errors of the SDK before any call: it found no region, or no credentials. */
const NOT_SET = /region is missing|could not load credentials|credential is missing/i

/** Whether the queue or topic of the call does not exist. */
export function isMissingResource(error: unknown): boolean {
  return MISSING.includes(nameOfError(error))
}

/** Whether the role may not do it. */
export function isDenied(error: unknown): boolean {
  return DENIED.includes(nameOfError(error))
}

/** Whether the service was reached and refuses, or no call can be made: trying again mends neither. */
export function isServiceRefusal(error: unknown): boolean {
  if (error instanceof ConfigError) return true
  if (error instanceof Error && NOT_SET.test(error.message)) return true
  const { $metadata, $retryable } = error as { $metadata?: { httpStatusCode?: number }; $retryable?: unknown }
  const status = $metadata?.httpStatusCode ?? 0
  return status >= 400 && status < 500 && status !== 429 && !$retryable && !isThrottled(error)
}

/** A refusal as a sentence for the operator. */
export function refusalSentence(service: string, error: unknown): ConfigError {
  if (error instanceof ConfigError) return error
  const [cause = ''] = (error instanceof Error ? error.message : String(error)).split('\n')
  return new ConfigError(
    `${service} cannot be used: ${cause.replace(/\.?$/, '.')} Check AWS_REGION, the credentials, and what their role may do.`,
  )
}

function isThrottled(error: unknown): boolean {
  return /throttl|limit ?exceeded|overlimit/i.test(nameOfError(error))
}

function nameOfError(error: unknown): string {
  return String((error as { name?: unknown } | null)?.name ?? '')
}
