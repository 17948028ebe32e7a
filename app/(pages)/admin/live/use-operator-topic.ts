import { useEffect, useRef } from 'react'
import { io } from 'socket.io-client'
import type { OperatorTopic, ServerEvents } from '../../../live/protocol.ts'
import { under } from '../../live/address.ts'

interface TopicHandlers {
  /** Changes may have been missed: read again. */
  onGap(): void
  /** By the names of what the server pushes. */
  on: Partial<ServerEvents>
}

/** Hears of a topic while the component is shown. The cookie of the operator opens it. */
export function useOperatorTopic(topic: OperatorTopic, handlers: TopicHandlers): void {
  const latest = useRef(handlers)
  latest.current = handlers
  useEffect(() => {
    const socket = io({
      path: under('/socket.io'),
      transports: ['websocket', 'polling'],
      tryAllTransports: true,
    })
    let wasConnected = false
    socket.on('connect', () => {
      socket.emit('watch', topic, () => {
        if (wasConnected) latest.current.onGap()
        wasConnected = true
      })
    })
    socket.on('resync', () => latest.current.onGap())
    socket.onAny((event: string, ...content: unknown[]) => {
      const handle = latest.current.on[event as keyof ServerEvents] as
        | ((...content: unknown[]) => void)
        | undefined
      handle?.(...content)
    })
    return () => void socket.disconnect()
  }, [topic])
}
