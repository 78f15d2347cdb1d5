import { Button, Text, View } from '@tarojs/components';
import { useState } from 'react';

export default function Stepper() {
  const [count, setCount] = useState(0);

  return (
    <View>
      <Text>Count {count}</Text>
      <Button id="plus" onClick={() => setCount(count + 1)}>
        Plus
      </Button>
    </View>
  );
}
