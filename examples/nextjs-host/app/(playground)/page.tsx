/** An empty chat. The widget is in the layout. */
export default function NewChatPage() {
  return null;
}
