/** What a node stands in, also beyond the shadow root that it belongs to. */
export function composedParent(node: Node): Node | null {
  return node instanceof ShadowRoot ? node.host : node.parentNode;
}
