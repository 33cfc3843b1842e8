"""i.materialise: Order Status, Cart Status and Order Cancellation by Number."""
