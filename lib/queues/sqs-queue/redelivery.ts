import type { SqsMessage } from '../../aws/sqs-client.ts'

/** The longest time until a message is delivered again whose handler rejected. */
export const LONGEST_BACKOFF_S = 32
/** A message that was delivered so often, or is so old, is sent anew, before the service puts it aside or drops it. */
const [MOST_DELIVERIES, MOST_AGE_MS] = [500, 7 * 86_400_000]

/**
 * When a message is delivered again whose handler rejected, and whether it must be sent anew for that.
 * @param now milliseconds since 1970
 */
export function redeliveryOf(
  { ApproximateReceiveCount: count = '1', SentTimestamp: sent }: NonNullable<SqsMessage['Attributes']>,
  now: number,
): { seconds: number; isWornOut: boolean } {
  return {
    seconds: Math.min(2 ** (Number(count) - 1), LONGEST_BACKOFF_S),
    isWornOut: Number(count) >= MOST_DELIVERIES || now - Number(sent ?? now) >= MOST_AGE_MS,
  }
}
