/** The bits of the first one or two bytes of a message. Some differ between requests and replies. */
export const LONG_HEADER = 0x80
export const REQUEST = 0x40
export const FUNCTION_ID_14 = 0x40
export const NEW_TYPE = 0x20
export const EXCEPTION = 0x20
export const NEW_OBJECT_ID = 0x10
export const NEW_THREAD_ID = 0x08
export const FUNCTION_ID_16 = 0x04
export const MORE_FLAGS = 0x01
export const MUST_REPLY = 0x80
export const SYNCHRONOUS = 0x40
export const NAMES_ITSELF = LONG_HEADER | REQUEST | NEW_TYPE | NEW_OBJECT_ID | NEW_THREAD_ID
