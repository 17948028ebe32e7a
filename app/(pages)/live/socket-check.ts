/**
 * Whether the server behind an open socket still answers. A server that hangs, or a network that swallows packets,
 * closes nothing, and Socket.IO itself would notice after 45 seconds. Independent of React.
 */

/** How often the server is asked, in milliseconds. */
const EVERY_MS = 1500
/**
 * Without an answer for this long the server counts as silent, in milliseconds. With the time between two questions that
 * is well below the five seconds within which the page has to say so.
 */
const ANSWER_MS = 2500
/** Silent for this many questions, the socket is replaced. */
const MOST_UNANSWERED = 3

export interface SocketCheckOptions {
  /** Whether somebody would notice: nothing is asked while no job is under way. */
  isNeeded(): boolean
  /** Asks the server; rejects where it did not answer within the time. */
  ask(withinMs: number): Promise<unknown>
  onAnswer(): void
  onSilence(): void
  /** The server was silent for too long: the socket is dead. */
  onDead(): void
}

/** Returns the function that stops it. */
export function startSocketCheck(options: SocketCheckOptions): () => void {
  let unanswered = 0
  let timer: ReturnType<typeof setTimeout>
  let isStopped = false
  const beat = async () => {
    const hasAnswered = !options.isNeeded() || (await isAnswered(options))
    if (isStopped) return
    if (hasAnswered && unanswered > 0) options.onAnswer()
    if (!hasAnswered) options.onSilence()
    unanswered = hasAnswered ? 0 : unanswered + 1
    if (unanswered >= MOST_UNANSWERED) return options.onDead()
    timer = setTimeout(beat, EVERY_MS)
  }
  timer = setTimeout(beat, EVERY_MS)
  return () => {
    isStopped = true
    clearTimeout(timer)
  }
}

function isAnswered({ ask }: SocketCheckOptions): Promise<boolean> {
  return ask(ANSWER_MS).then(
    () => true,
    () => false,
  )
}
