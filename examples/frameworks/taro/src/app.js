import './tracker'; // first: it instruments every App, Page and Component registered after it

export default function App({ children }) {
  return children;
}
