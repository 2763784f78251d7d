/** The chat that the address names. The widget is in the layout. */
export default function ChatPage() {
  return null;
}
