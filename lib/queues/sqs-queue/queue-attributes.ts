/** What the queues are made with, here or by the deployment template. */

/** The longest that the service keeps a message: 14 days, in seconds. */
export const MESSAGE_RETENTION_S = 14 * 86_400
/** Receives after which the service itself puts a message aside that ends each of its receivers: the most it allows. */
export const MOST_RECEIVES = 1000
